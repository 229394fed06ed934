import { createRoot } from 'react-dom/client';
import { Shop } from './Shop';
import './shop.css';

createRoot(document.getElementById('shop')).render(<Shop />);
